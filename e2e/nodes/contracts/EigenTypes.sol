// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

// The structs and the calls the EigenLayer stand-ins make to each other. Field order and types are
// those of the real interfaces, because the ABI depends on them.

struct OperatorSet {
    address avs;
    uint32 id;
}

struct Allocation {
    uint64 currentMagnitude;
    int128 pendingDiff;
    uint32 effectBlock;
}

struct Withdrawal {
    address staker;
    address delegatedTo;
    address withdrawer;
    uint256 nonce;
    uint32 startBlock;
    address[] strategies;
    uint256[] scaledShares;
}

interface IStrategy {
    function deposit(uint256 amount) external returns (uint256 shares);
    function withdraw(address to, uint256 shares) external;
    function underlyingToken() external view returns (IERC20);
    function totalShares() external view returns (uint256);
    function sharesToUnderlyingView(uint256 shares) external view returns (uint256);
}

/// StrategyManager (tokens) and EigenPodManager (native ETH), as the DelegationManager sees them.
interface IShareManager {
    function stakerDepositShares(address staker, address strategy) external view returns (uint256);
    function removeDepositShares(address staker, address strategy, uint256 shares) external returns (uint256 left);
    function addShares(address staker, address strategy, uint256 shares) external returns (uint256 previous);
    function withdrawSharesAsTokens(address staker, address strategy, uint256 shares) external;
    function addSlashedShares(address strategy, uint256 shares, address recipient) external;
}

interface IStrategyManager is IShareManager {
    function getDeposits(address staker) external view returns (address[] memory, uint256[] memory);
}

interface IEigenPodManager is IShareManager {
    function beaconChainSlashingFactor(address staker) external view returns (uint64);
}

interface IDelegationManager {
    function isOperator(address account) external view returns (bool);
    function getOperatorsShares(address[] memory operators, address[] memory strategies)
        external
        view
        returns (uint256[][] memory);
    function increaseDelegatedShares(address staker, address strategy, uint256 previous, uint256 added) external;
    function decreaseDelegatedShares(address staker, uint256 depositShares, uint64 factorDecrease) external;
    function slashOperatorShares(
        address operator,
        address strategy,
        uint64 previousMax,
        uint64 newMax,
        address recipient
    ) external returns (uint256);
}

interface IAllocationManager {
    function setAllocationDelay(address operator, uint32 delay) external;
    function getMaxMagnitude(address operator, address strategy) external view returns (uint64);
    function getMaxMagnitudeAtBlock(address operator, address strategy, uint32 blockNumber)
        external
        view
        returns (uint64);
}

// Stands for native ETH wherever a strategy is expected; no contract lives there.
address constant BEACON_CHAIN_ETH = 0xbeaC0eeEeeeeEEeEeEEEEeeEEeEeeeEeeEEBEaC0;

// Where slashed tokens go when the operator set does not redistribute them.
address constant BURN_ADDRESS = 0x00000000000000000000000000000000000E16E4;
