// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ERC20, ERC4626, IERC20} from "@openzeppelin/contracts/token/ERC20/extensions/ERC4626.sol";
import {TestToken} from "./TestToken.sol";

/// Guarantees one network the stake of one operator: what stands here can be slashed by that network alone.
contract SymbioticAppAdapter {
    IERC20 internal immutable asset;
    address public immutable operator;
    bytes32 public immutable subnetwork;

    constructor(IERC20 asset_, address operator_, bytes32 subnetwork_) {
        asset = asset_;
        operator = operator_;
        subnetwork = subnetwork_;
    }

    function totalAssets() public view returns (uint256) {
        return asset.balanceOf(address(this));
    }

    function slashable() external view returns (uint256) {
        return totalAssets();
    }

    function slash(uint256 amount) external {
        TestToken(address(asset)).burn(address(this), amount);
    }
}

/// Lends elsewhere for yield: it has neither an operator nor a network.
contract SymbioticYieldAdapter {
    IERC20 internal immutable asset;

    constructor(IERC20 asset_) {
        asset = asset_;
    }

    function totalAssets() external view returns (uint256) {
        return asset.balanceOf(address(this));
    }
}

contract SymbioticUniversalDelegator {
    uint64 public constant TYPE = 4;
    address[] public adapters;

    function addAdapter(address adapter) external {
        adapters.push(adapter);
    }

    function getAdaptersLength() external view returns (uint256) {
        return adapters.length;
    }

    function totalAssets() external view returns (uint256 assets) {
        for (uint256 i = 0; i < adapters.length; i++) {
            assets += SymbioticYieldAdapter(adapters[i]).totalAssets();
        }
    }
}

/// Withdrawals as tokens of which an owner has a number and no list.
contract SymbioticWithdrawalQueue {
    IERC20 internal immutable vault;
    mapping(address owner => uint256) public balanceOf;

    constructor(IERC20 vault_) {
        vault = vault_;
    }

    function requestWithdraw(uint256 shares, address receiver) external {
        vault.transferFrom(msg.sender, address(this), shares);
        balanceOf[receiver]++;
    }
}

/// A Symbiotic vault of the second version: ERC-4626 over what lies in it and with its delegator's adapters.
contract SymbioticVaultV2 is ERC4626 {
    uint64 public constant version = 3;
    SymbioticUniversalDelegator public immutable delegator;
    SymbioticWithdrawalQueue public immutable withdrawalQueue;

    constructor(TestToken token, SymbioticUniversalDelegator delegator_) ERC20("Vault share", "V2") ERC4626(token) {
        delegator = delegator_;
        withdrawalQueue = new SymbioticWithdrawalQueue(this);
    }

    function collateral() external view returns (address) {
        return asset();
    }

    function totalAssets() public view override returns (uint256) {
        return IERC20(asset()).balanceOf(address(this)) + delegator.totalAssets();
    }

    function activeBalanceOf(address account) external view returns (uint256) {
        return previewRedeem(balanceOf(account));
    }

    function allocate(address adapter, uint256 assets) external {
        IERC20(asset()).transfer(adapter, assets);
    }
}
