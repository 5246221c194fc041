// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ERC20, ERC4626} from "@openzeppelin/contracts/token/ERC20/extensions/ERC4626.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {TestToken} from "./TestToken.sol";

/// pufETH: a real ERC-4626 vault over WETH with an exit fee. The rate is not stored: `setRate`
/// mints or burns the vault's WETH until convertToAssets(1e18) is the rate asked for.
contract PufferVault is ERC4626 {
    uint256 internal exitFeeBasisPoints;
    /// Of its WETH, what stands for ether that validators have.
    uint256 internal staked;

    constructor(TestToken weth) ERC20("pufETH", "pufETH") ERC4626(weth) {}

    /// Mints vault shares together with the WETH that keeps the rate where it is.
    function mintBacked(address to, uint256 shares) external {
        TestToken(asset()).mint(address(this), previewMint(shares));
        _mint(to, shares);
    }

    /// Exact once more than 1e18 shares exist (OpenZeppelin's virtual share costs a unit before).
    function setRate(uint256 rate) external {
        uint256 wanted = Math.mulDiv(rate, totalSupply() + 1, 1e18, Math.Rounding.Ceil) - 1;
        uint256 held = totalAssets();
        if (wanted > held) TestToken(asset()).mint(address(this), wanted - held);
        if (wanted < held) TestToken(asset()).burn(address(this), held - wanted);
    }

    function setExitFeeBasisPoints(uint256 basisPoints) external {
        exitFeeBasisPoints = basisPoints;
    }

    function getTotalExitFeeBasisPoints() external view returns (uint256) {
        return exitFeeBasisPoints;
    }

    function setStaked(uint256 assets) external {
        staked = assets;
    }

    /// As many shares as what lies ready pays for, its fee included.
    function maxRedeem(address owner) public view override returns (uint256) {
        return Math.min(balanceOf(owner), previewWithdraw(totalAssets() - staked));
    }

    /// Net of the exit fee, unlike convertToAssets. The fee stays in the vault.
    function previewRedeem(uint256 shares) public view override returns (uint256) {
        uint256 assets = super.previewRedeem(shares);
        uint256 fee = Math.mulDiv(assets, exitFeeBasisPoints, 10_000 + exitFeeBasisPoints, Math.Rounding.Ceil);
        return assets - fee;
    }

    function previewWithdraw(uint256 assets) public view override returns (uint256) {
        uint256 fee = Math.mulDiv(assets, exitFeeBasisPoints, 10_000, Math.Rounding.Ceil);
        return super.previewWithdraw(assets + fee);
    }
}
