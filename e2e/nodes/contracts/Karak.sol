// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ERC20, ERC4626, IERC20} from "@openzeppelin/contracts/token/ERC20/extensions/ERC4626.sol";
import {TestToken} from "./TestToken.sol";

/// A Karak vault: a real ERC-4626 vault. What is slashed leaves it, so that every share is worth less.
contract KarakVault is ERC4626 {
    constructor(TestToken token) ERC20("Karak vault share", "K") ERC4626(token) {}

    function slashAssets(uint256 assets) external {
        TestToken(asset()).burn(address(this), assets);
    }
}

/// Keeps the shares of all stakers by its own books: the vaults know only this contract as a holder.
contract VaultSupervisor {
    error NotEnoughShares();
    error NotDelegationSupervisor();

    address internal immutable delegationSupervisor;
    mapping(address staker => KarakVault[]) internal stakersVaults;
    mapping(address staker => mapping(KarakVault vault => uint256)) public stakerShares;

    constructor(address delegationSupervisor_) {
        delegationSupervisor = delegationSupervisor_;
    }

    function deposit(KarakVault vault, uint256 amount) external returns (uint256 shares) {
        IERC20(vault.asset()).transferFrom(msg.sender, address(this), amount);
        IERC20(vault.asset()).approve(address(vault), amount);
        shares = vault.deposit(amount, address(this));
        if (stakerShares[msg.sender][vault] == 0) stakersVaults[msg.sender].push(vault);
        stakerShares[msg.sender][vault] += shares;
    }

    function getDeposits(
        address staker
    )
        external
        view
        returns (KarakVault[] memory vaults, IERC20[] memory tokens, uint256[] memory assets, uint256[] memory shares)
    {
        vaults = stakersVaults[staker];
        tokens = new IERC20[](vaults.length);
        assets = new uint256[](vaults.length);
        shares = new uint256[](vaults.length);
        for (uint256 i = 0; i < vaults.length; i++) {
            shares[i] = stakerShares[staker][vaults[i]];
            assets[i] = vaults[i].convertToAssets(shares[i]);
            tokens[i] = IERC20(vaults[i].asset());
        }
    }

    function removeShares(address staker, KarakVault vault, uint256 shares) external {
        if (msg.sender != delegationSupervisor) revert NotDelegationSupervisor();
        if (shares == 0 || shares > stakerShares[staker][vault]) revert NotEnoughShares();
        stakerShares[staker][vault] -= shares;
        if (stakerShares[staker][vault] > 0) return;
        KarakVault[] storage vaults = stakersVaults[staker];
        for (uint256 i = 0; i < vaults.length; i++) {
            if (vaults[i] != vault) continue;
            vaults[i] = vaults[vaults.length - 1];
            vaults.pop();
            return;
        }
    }

    function redeemShares(address receiver, KarakVault vault, uint256 shares) external {
        if (msg.sender != delegationSupervisor) revert NotDelegationSupervisor();
        vault.redeem(shares, receiver, address(this));
    }
}

/// Withdrawals by Karak v1's rules: shares leave the staker's books at the start and are redeemed at the end, at what they
/// are worth then. A finished withdrawal stays in the list.
contract DelegationSupervisor {
    struct WithdrawRequest {
        KarakVault[] vaults;
        uint256[] shares;
        address withdrawer;
    }

    struct QueuedWithdrawal {
        address staker;
        address delegatedTo;
        uint256 nonce;
        uint256 start;
        WithdrawRequest request;
    }

    error WithdrawerNotCaller();
    error MinWithdrawDelayNotPassed();
    error WithdrawAlreadyCompleted();

    VaultSupervisor internal immutable vaultSupervisor;
    uint256 public withdrawalDelay;
    mapping(address staker => QueuedWithdrawal[]) internal queued;
    mapping(bytes32 root => bool) internal pendingWithdrawals;

    constructor(VaultSupervisor vaultSupervisor_, uint256 delay) {
        vaultSupervisor = vaultSupervisor_;
        withdrawalDelay = delay;
    }

    function updateMinWithdrawDelay(uint256 delay) external {
        withdrawalDelay = delay;
    }

    function startWithdraw(WithdrawRequest[] calldata requests) external {
        for (uint256 i = 0; i < requests.length; i++) {
            WithdrawRequest calldata request = requests[i];
            for (uint256 j = 0; j < request.vaults.length; j++) {
                vaultSupervisor.removeShares(msg.sender, request.vaults[j], request.shares[j]);
            }
            QueuedWithdrawal memory withdrawal = QueuedWithdrawal(
                msg.sender,
                address(0),
                queued[msg.sender].length,
                block.timestamp,
                request
            );
            pendingWithdrawals[keccak256(abi.encode(withdrawal))] = true;
            queued[msg.sender].push(withdrawal);
        }
    }

    function finishWithdraw(QueuedWithdrawal[] calldata withdrawals) external {
        for (uint256 i = 0; i < withdrawals.length; i++) {
            QueuedWithdrawal calldata withdrawal = withdrawals[i];
            bytes32 root = keccak256(abi.encode(withdrawal));
            if (withdrawal.request.withdrawer != msg.sender) revert WithdrawerNotCaller();
            if (withdrawal.start + withdrawalDelay > block.timestamp) revert MinWithdrawDelayNotPassed();
            if (!pendingWithdrawals[root]) revert WithdrawAlreadyCompleted();
            delete pendingWithdrawals[root];
            for (uint256 j = 0; j < withdrawal.request.vaults.length; j++) {
                vaultSupervisor.redeemShares(
                    msg.sender,
                    withdrawal.request.vaults[j],
                    withdrawal.request.shares[j]
                );
            }
        }
    }

    function fetchQueuedWithdrawals(address staker) external view returns (QueuedWithdrawal[] memory) {
        return queued[staker];
    }

    function isWithdrawPending(QueuedWithdrawal calldata withdrawal) external view returns (bool) {
        return pendingWithdrawals[keccak256(abi.encode(withdrawal))];
    }
}
